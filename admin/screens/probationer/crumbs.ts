import { paths } from '../../paths'

/** The way back from a page about the record of a person. */
export const recordCrumbs = (id: number | string) => [
  { label: 'Probationnaires', href: paths.probationers },
  { label: 'Fiche', href: paths.probationer(Number(id)) },
]
