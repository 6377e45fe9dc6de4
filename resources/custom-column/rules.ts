import { isCivilDate } from '../shared/civil-time'

/** The types whose booking and table a court adds columns to. */
export const customColumnTypes = ['hearing_exit_sentence_judge', 'hearing_exit_probation'] as const

/** Whether a court may add columns to this type: of the others none is looked for. */
export const asksColumns = (typeCode: string): boolean => customColumnTypes.some((code) => code === typeCode)

/** More would not be read in a table. */
export const mostColumnsOfType = 4

/** A column of days holds days; empty is empty. */
export const whyNotCell = ({ dataType }: { dataType: 'text' | 'date' }, value: string | null) =>
  dataType === 'date' && value !== null && !isCivilDate(value) ? ('custom_column.not_a_day' as const) : null

/** The first type that has its columns already. */
export const fullType = (
  typeCodes: readonly string[],
  others: readonly { typeCodes: readonly string[] }[],
): string | undefined =>
  typeCodes.find(
    (code) => others.filter((other) => other.typeCodes.includes(code)).length >= mostColumnsOfType,
  )
