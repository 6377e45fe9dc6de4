import type { UsefulNumber } from '../../../resources/content-page/tree'
import { Inlines } from './inlines'

/** Numbers to call, each large enough for a thumb, with what it is for. */
export function Numbers({ of }: { of: readonly UsefulNumber[] }) {
  return (
    <ul className="msj-numbers">
      {of.map(({ to, number, about }) => (
        <li key={to + number}>
          <a href={to}>{number}</a> <Inlines of={about} />
        </li>
      ))}
    </ul>
  )
}
