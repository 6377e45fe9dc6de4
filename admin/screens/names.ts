/** The screens a declaration may name: drawn by frame/registry.ts, instead of the generated form or record. */
export type ScreenName =
  | 'Book'
  | 'ConvokeGroup'
  | 'ProbationerRecord'
  | 'LookUpIdentity'
  | 'EditProbationer'
  | 'ExportPerson'
  | 'MergeRecords'
  | 'ReadTraces'
  | 'AppointmentRecord'
  | 'Summons'
  | 'Reschedule'
  | 'SummonsOfList'
  | 'DaySheet'
  | 'AgentRecord'
  | 'AddAgent'
  | 'OwnProfile'
  | 'OpenSlots'
  | 'OrganizationRecord'
  | 'SlotCalendar'
  | 'HearingExitDesk'
  | 'ClosePeriod'
  | 'ClosureRecord'
  | 'PhoneList'
  | 'DivestmentRecord'
  | 'UploadFile'
  | 'ImportReport'
  | 'Statistics'
  | 'Unreached'
  | 'Supervision'
  | 'MessageTexts'
  | 'TextProposal'
  | 'ContentPageEditor'
  | 'NewContentPage'
  | 'ServicePageRecord'
  | 'PagePhoto'
  | 'SpacePaper'

/** The look-ups that say what a form would do, before it does, and the fields they cannot do without: all, or these. */
export const foreseenNeeds = {
  foreseenOfRule: 'all',
  foreseenOfRelocation: ['oldPlaceId', 'date'],
} as const satisfies Record<string, 'all' | readonly string[]>
export type ForeseenName = keyof typeof foreseenNeeds

/** The look-ups that say how many wait behind an entry of the menu. */
export type EntryCountName = 'unreachedCount' | 'proposalsToDecide'

/** The cells a list may name beside words, links and states. */
export type CellName = 'OutcomeCell' | 'DeadlineCell'
