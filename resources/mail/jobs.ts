/**
 * How often a mail is tried: the queue waits longer and longer, and the last try is 22 hours after the first. Later it
 * would be old news; a link that is over is not sent at all.
 */
export const mailTries = 13
