/** What the state of an agenda forbids, whoever asks. */
export const whyNotRenamable = ({ archivedAt }: { archivedAt: Date | null }) =>
  archivedAt ? ('agenda.archived' as const) : null
