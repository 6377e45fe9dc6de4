const longNames = [
  [/^service pénitentiaire d[’']insertion et de probation\s*/i, 'SPIP '],
  [/^tribunal judiciaire\s*/i, 'TJ '],
] as const

/** "Tribunal judiciaire de Nanterre" as screens say it: "TJ de Nanterre". */
export const shortNameOf = (officialName: string): string =>
  longNames.reduce((name, [long, short]) => name.replace(long, short), officialName).trim()

export const competentServiceRefusals = {
  'competent_service.other_kind':
    'Ce service n’est pas du même type\u00a0: un tribunal se rattache à un tribunal, un SPIP à un SPIP.',
} satisfies Record<`competent_service.${string}`, string>
