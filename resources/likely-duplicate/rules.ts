export const whyNotDismissible = ({ dismissedAt }: { dismissedAt: Date | null }) =>
  dismissedAt ? ('likely_duplicate.dismissed' as const) : null

export const whyNotProposable = ({ dismissedAt }: { dismissedAt: Date | null }) =>
  dismissedAt ? null : ('likely_duplicate.not_dismissed' as const)
