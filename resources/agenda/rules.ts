/** What the state of an agenda forbids, whoever asks. */
export const whyNotRenamable = ({ archivedAt }: { archivedAt: Date | null }) =>
  archivedAt ? ('agenda.archived' as const) : null

/** An agenda is merged into another one of its place: what it holds is for people expected there. */
export const whyNotMergeable = ({
  archivedAt,
  place,
}: {
  archivedAt: Date | null
  place: { agendas: readonly unknown[] }
}) => {
  if (archivedAt) return 'agenda.archived' as const
  return place.agendas.length < 2 ? ('agenda.alone' as const) : null
}

/** Why an agenda cannot receive what another one holds. */
export const whyNotMergedInto = (
  agenda: { id: number; placeId: number },
  into: { id: number; placeId: number; archivedAt: Date | null },
) => {
  if (into.id === agenda.id || into.placeId !== agenda.placeId) return 'agenda.merged_elsewhere' as const
  return into.archivedAt ? ('agenda.archived' as const) : null
}
