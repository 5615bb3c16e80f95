/** The words of the interface that scripts say, by script; a build fills them in, in the language of its pages. */
export const search = {};
export const share = {};
