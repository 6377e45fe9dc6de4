/** What a state or a notice says by its colour, which a word and a sign always say too. */
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'off'
