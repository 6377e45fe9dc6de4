/**
 * The one source of the visual language of both doors: names say the use, not the hue. The back
 * office's theme (admin/theme) takes the values, `tokensCss()` says them as custom properties.
 * Every text and background pair met in the sheets is AA (4.5:1) or better.
 */
export const tokens = {
  // ink and paper
  ink: '#17222b',
  'ink-2': '#43505b',
  'ink-3': '#5b6872',
  paper: '#f3f5f4',
  surface: '#ffffff',
  'surface-2': '#f8faf9',
  line: '#d9dfde',
  'line-2': '#b9c3c4',
  field: '#6f7c85',

  // brand: petrol, on purpose far from the State's blue
  brand: '#155e63',
  'brand-strong': '#0d4549',
  'brand-soft': '#e2efee',
  'brand-line': '#8fbcbd',
  'on-brand': '#ffffff',

  // states: always with a word and a sign, never the colour alone
  ok: '#1c6a3b',
  'ok-soft': '#e6f3ea',
  'ok-line': '#9fcbae',
  warn: '#854a00',
  'warn-soft': '#fdf2dd',
  'warn-line': '#e0bd7c',
  bad: '#a3231f',
  'bad-soft': '#fbeae8',
  'bad-line': '#e3aaa5',
  info: '#23508c',
  'info-soft': '#e9f0f9',
  'info-line': '#a9c2e2',
  off: '#4b5862',
  'off-soft': '#ebeff0',
  'off-line': '#c3cccf',

  // focus: one colour nobody else uses
  focus: '#1257d6',
  'focus-ring': '0 0 0 2px #fff, 0 0 0 5px #1257d6',

  // space: a grid of 4 px
  s1: '2px',
  s2: '4px',
  s3: '8px',
  s4: '12px',
  s5: '16px',
  s6: '24px',
  s7: '32px',
  s8: '48px',
  s9: '64px',

  // type: agents read at 14, the public at 18
  font: '"Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif',
  mono: 'ui-monospace, "Cascadia Mono", Consolas, "Liberation Mono", monospace',
  t1: '.75rem',
  t2: '.8125rem',
  t3: '.875rem',
  t4: '1rem',
  t5: '1.125rem',
  t6: '1.375rem',
  t7: '1.75rem',
  t8: '2.125rem',

  r1: '4px',
  r2: '8px',
  'r-pill': '999px',
  lift: '0 1px 2px rgba(23, 34, 43, .06), 0 2px 8px rgba(23, 34, 43, .05)',
  row: '40px',
  tap: '32px',
  side: '216px',
  bar: '56px',
  read: '68ch',
} as const

export type Token = keyof typeof tokens

/** The portal and the mails follow the reader's system; the back office stays light. */
export const darkTokens: Readonly<Partial<Record<Token, string>>> = {
  ink: '#eef2f2',
  'ink-2': '#c3ced0',
  'ink-3': '#a7b4b8',
  paper: '#11181d',
  surface: '#19232a',
  'surface-2': '#1f2b33',
  line: '#33424b',
  'line-2': '#4a5b65',
  field: '#8b9ba4',
  brand: '#7cc8c8',
  'brand-strong': '#a5dddd',
  'brand-soft': '#1c3a3d',
  'brand-line': '#3f7175',
  'on-brand': '#0d2022',
  ok: '#86d3a1',
  'ok-soft': '#163123',
  'ok-line': '#2f6a48',
  warn: '#f0c272',
  'warn-soft': '#352814',
  'warn-line': '#7d6028',
  bad: '#f3a49d',
  'bad-soft': '#3a1d1b',
  'bad-line': '#87423c',
  info: '#9dc1ee',
  'info-soft': '#1b2c42',
  'info-line': '#3c6089',
  off: '#c3ced0',
  'off-soft': '#27333b',
  'off-line': '#4a5b65',
  focus: '#8ab4ff',
  'focus-ring': '0 0 0 2px #11181d, 0 0 0 5px #8ab4ff',
}

function declarations(values: Readonly<Partial<Record<Token, string>>>): string {
  return Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')
}

/** The tokens as custom properties, dark values for `[data-door="portal"]` included. */
export function tokensCss(): string {
  return (
    `:root{${declarations(tokens)}}\n` +
    `@media (prefers-color-scheme:dark){[data-door="portal"]{${declarations(darkTokens)}}}\n`
  )
}
