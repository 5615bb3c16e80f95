#!/bin/sh
# Puts a built site in the place of the one that nginx serves, at once and whole.
#
#     hosting/publish.sh site /srv/tracker
#
# In the folder are then `releases/`, with the last three sites, and two links: `site`, which nginx serves, and `before`,
# the site until now. To go back: ln -sfn "$(readlink /srv/tracker/before)" /srv/tracker/site
set -eu
source=$1 folder=$2
release=releases/$(date -u +%Y%m%dT%H%M%S.%NZ)

mkdir -p "$folder/releases"
cp -a "$source" "$folder/$release" # with its times: what did not change keeps its ETag

# Compress once, as far as possible, instead of on every request.
find "$folder/$release" -type f -size +999c \( -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.json' \
  -o -name '*.ndjson' -o -name '*.csv' -o -name '*.ics' -o -name '*.atom' -o -name '*.md' -o -name '*.bib' \
  -o -name '*.txt' -o -name '*.svg' -o -name '*.xml' \) -print0 | xargs -0 -r -P "$(nproc)" -n 100 gzip -9 -k -n

# A link is renamed over the other, so that there is always one.
link() { ln -s "$1" "$folder/$2.new" && mv -T "$folder/$2.new" "$folder/$2"; }
rm -f "$folder/site.new" "$folder/before.new"
link "$(readlink "$folder/site" || echo "$release")" before
link "$release" site

cd "$folder/releases"
printf '%s\n' * | head -n -3 | xargs -r rm -rf
