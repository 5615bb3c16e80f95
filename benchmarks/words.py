"""The pieces that the invented organ's texts are made of, in English and Chinese."""

from __future__ import annotations

Pair = tuple[str, str]


def _parse(text: str) -> tuple[Pair, ...]:
    """Read lines of `English | Chinese`."""
    lines = (line.strip().split(" | ") for line in text.strip().splitlines())
    return tuple((english, chinese) for english, chinese in lines)


THEMES = _parse("""
    Adequate housing | 适足住房
    Slums and informal settlements | 贫民窟和非正规住区
    Water and sanitation | 水和环境卫生
    Public transport | 公共交通
    Energy efficiency | 能源效率
    Climate change | 气候变化
    Land and tenure | 土地和保有权
    Urban planning | 城市规划
    Gender equality | 性别平等
    Migration and displacement | 移民和流离失所
    Urban-rural linkages | 城乡联系
    Data and statistics | 数据和统计
    Municipal finance | 市政财政
    Disaster risk reduction | 减少灾害风险
    Monitoring | 监测
""")
PURPOSES = _parse("""
    Strengthening {theme} in {country} | 在{country}加强{theme}
    International guidelines on {theme} | 关于{theme}的国际准则
    Promoting {theme} through the {name} | 通过“{name}”促进{theme}
    Financing of {theme} | {theme}供资
    Follow-up to the {name} on {theme} | 关于{theme}的“{name}”后续行动
""")
GISTS = _parse("""
    Asks Member States to report on {theme} every two years. | 请会员国每两年报告一次{theme}情况。
    Requests guidelines on {theme} before the next session. | 要求在下届会议之前拟订{theme}准则。
    Invites partners to pay for work on {theme}. | 邀请伙伴为{theme}工作出资。
    Calls for training of local officials in {theme}. | 呼吁对地方官员进行{theme}培训。
""")
ADDRESSEES = _parse("""
    Member States | 会员国
    The secretariat | 秘书处
    Development partners | 发展伙伴
""")
UPDATES = _parse("""
    With {org}, the secretariat trained {n} officials from {place} in {theme}; the material of the \
{name} was used for the first time. | 秘书处会同{org}为来自{place}的{n}名官员举办了{theme}培训，首次使用了“{name}”的材料。
    A study of {theme} in {n} cities was finished. It finds that rules exist but that {place} and \
others lack people to apply them. | 对{n}个城市{theme}的研究已经完成。研究发现规则已有，但{place}等地缺少执行人员。
    {org} and the city of {place} agreed on a pilot of the {name}, which brings {theme} into the \
yearly budget. | {org}与{place}市商定试行“{name}”，将{theme}纳入年度预算。
    The draft guidelines on {theme} were sent to all members; {n} answered, most of them asking for \
simpler words. | {theme}准则草案已发给所有成员，{n}个成员作了答复，多数要求措辞更加简明。
    A network for {theme} now joins {n} local authorities. {org} hosts its meetings, and {place} \
edits its newsletter. | {theme}网络现有{n}个地方当局参加，由{org}主办会议，{place}编辑通讯。
    Slum dwellers and owners in {place} worked on a map of {theme} that the council has since \
adopted as its own. | {place}的贫民窟居民与业主共同绘制了{theme}地图，市议会随后予以采用。
    Costs of {theme} were compared across {n} housing programmes; the method was published together \
with {org}. | 比较了{n}个住房方案的{theme}费用，方法与{org}共同公布。
""")
PLANS = _parse("""
    A second round of the {name} on {theme} is planned in {place}. | 计划在{place}开展第二轮“{name}”{theme}活动。
    The guidelines on {theme} are to be tested in {n} cities. | {theme}准则将在{n}个城市试行。
""")
FUNDING = _parse("""
    {org} pays for the work on {theme} in {place}; no amount is given. | {org}为{place}的{theme}工作出资，金额未予说明。
    Work on {theme} waits for money: {n} proposals were sent out. | {theme}工作有待资金：已提交{n}份提案。
""")
REASONS = _parse("""
    Drafting of what was asked on {theme} has begun with {org}. | {theme}方面所要求的文件已与{org}开始起草。
    The work on {theme} goes on in {n} cities, with too little money. | {theme}工作正在{n}个城市进行，但资金不足。
    All that was asked on {theme} has been done. | {theme}方面的各项要求均已落实。
""")
EVENTS = {
    kind: _parse(title)[0]
    for kind, title in {
        "meeting": "Expert meeting on {theme}, with {n} experts | {theme}专家会议（{n}名专家参加）",
        "workshop": "Workshop of the {name} for local authorities | “{name}”地方当局讲习班",
        "publication": "Handbook on {theme} | 《{theme}手册》",
        "launch": "Launch of the {name} | “{name}”启动仪式",
        "deadline": "Comments on the draft guidelines on {theme} | {theme}准则草案意见征集截止",
        "consultation": "Consultation with {org} on {theme} | 与{org}就{theme}进行磋商",
    }.items()
}
PURPOSES_OF_FUNDING = _parse("""
    Training in {theme} | {theme}培训
    Pilot of the {name} in {place} | 在{place}试行“{name}”
""")
ROLES = _parse("""
    host of the meetings on {theme} | {theme}会议主办方
    funder of the work in {place} | {place}工作的出资方
    trainer in the {name} | “{name}”培训方
""")
NOTES = _parse("""
    Without contributions in kind. | 不包括实物捐助。
    As the report gives it, rounded to thousands. | 报告所载数字，四舍五入至千位。
""")
NAMES = _parse("""
    {word} Initiative | {word}倡议
    {word} Toolkit | {word}工具包
    {word} Platform | {word}平台
""")
ORGANIZATIONS = {
    kind: _parse(name)[0]
    for kind, name in {
        "government": "Government of {country} | {country}政府",
        "academia": "{word} University | {word}大学",
        "ngo": "{word} Association | {word}协会",
        "fund": "{word} Fund | {word}基金",
        "network": "Network of {word} Cities | {word}城市网络",
    }.items()
}
SYLLABLES = tuple(
    (part.split("/")[0], part.split("/")[1])
    for part in [
        "ba/巴",
        "bel/贝尔",
        "co/科",
        "dar/达尔",
        "dø/德",
        "el/埃尔",
        "fa/法",
        "ga/加",
        "ha/哈",
        "ki/基",
        "la/拉",
        "lin/林",
        "ma/马",
        "mi/米",
        "na/纳",
        "nor/诺尔",
        "pa/帕",
        "ré/雷",
        "ro/罗",
        "sa/萨",
        "shi/希",
        "so/索",
        "ta/塔",
        "ti/蒂",
        "tu/图",
        "va/瓦",
        "za/扎",
    ]
)
