import fc from 'fast-check'

/** Any text at all, lone surrogates included. fast-check's own 'binary' unit takes seconds to prepare. */
export const anyText = (maxLength: number) =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0x24f }), fc.integer({ min: 0, max: 0x10ffff })), { maxLength })
    .map((codes) => String.fromCodePoint(...codes))
