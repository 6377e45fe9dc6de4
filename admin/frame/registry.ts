/**
 * The screens and cells that declarations name (screens/names.ts). Each is its own file in the browser,
 * read when it is first drawn: a page pays for what it shows.
 */
import { lazy, type ComponentType } from 'react'
import type { CellName, ScreenName } from '../screens/names'

const screen = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  lazy(async () => ({ default: (await load())[name] }))

export const Home = screen(() => import('../home'), 'Home')

export const screens: Readonly<Record<ScreenName, ComponentType>> = {
  Book: screen(() => import('../screens/book'), 'Book'),
  ConvokeGroup: screen(() => import('../screens/group'), 'ConvokeGroup'),
  ProbationerRecord: screen(() => import('../screens/probationer/record'), 'ProbationerRecord'),
  LookUpIdentity: screen(() => import('../screens/probationer/look-up'), 'LookUpIdentity'),
  EditProbationer: screen(() => import('../screens/probationer/edit'), 'EditProbationer'),
  ExportPerson: screen(() => import('../screens/probationer/export'), 'ExportPerson'),
  MergeRecords: screen(() => import('../screens/probationer/merge'), 'MergeRecords'),
  ReadTraces: screen(() => import('../screens/probationer/read-traces'), 'ReadTraces'),
  AppointmentRecord: screen(() => import('../screens/appointment/record'), 'AppointmentRecord'),
  Reschedule: screen(() => import('../screens/appointment/reschedule'), 'Reschedule'),
  SummonsOfList: screen(() => import('../screens/summons'), 'SummonsOfList'),
  DaySheet: screen(() => import('../screens/appointment/day-sheet'), 'DaySheet'),
  Summons: screen(() => import('../screens/summons'), 'Summons'),
  ClosePeriod: screen(() => import('../screens/closure/close-period'), 'ClosePeriod'),
  ClosureRecord: screen(() => import('../screens/closure/record'), 'ClosureRecord'),
  PhoneList: screen(() => import('../screens/closure/phone-list'), 'PhoneList'),
  DivestmentRecord: screen(() => import('../screens/divestment/record'), 'DivestmentRecord'),
  SlotCalendar: screen(() => import('../screens/slot/calendar'), 'SlotCalendar'),
  HearingExitDesk: screen(() => import('../screens/hearing-exit/desk'), 'HearingExitDesk'),
  OpenSlots: screen(() => import('../screens/slot/open-slots'), 'OpenSlots'),
  OrganizationRecord: screen(() => import('../screens/organization/record'), 'OrganizationRecord'),
  UploadFile: screen(() => import('../screens/import/upload'), 'UploadFile'),
  ImportReport: screen(() => import('../screens/import/report'), 'ImportReport'),
  Statistics: screen(() => import('../screens/statistics/statistics'), 'Statistics'),
  Unreached: screen(() => import('../screens/unreached'), 'Unreached'),
  Supervision: screen(() => import('../screens/supervision/supervision'), 'Supervision'),
  MessageTexts: screen(() => import('../screens/message/texts'), 'MessageTexts'),
  TextProposal: screen(() => import('../screens/message/proposal'), 'TextProposal'),
  ContentPageEditor: screen(() => import('../screens/content-page/editor'), 'ContentPageEditor'),
  NewContentPage: screen(() => import('../screens/content-page/new'), 'NewContentPage'),
  ServicePageRecord: screen(() => import('../screens/public-page/record'), 'ServicePageRecord'),
  SpacePaper: screen(() => import('../screens/probationer/space-paper'), 'SpacePaper'),
  PagePhoto: screen(() => import('../screens/public-page/photo'), 'PagePhoto'),
  AddAgent: screen(() => import('../screens/agent/add'), 'AddAgent'),
  OwnProfile: screen(() => import('../screens/agent/profile'), 'OwnProfile'),
  AgentRecord: screen(() => import('../screens/agent/record'), 'AgentRecord'),
}

/** A cell that a subject draws, given what its list put in it. */
type DrawnCell = ComponentType<{ data: never }>

export const drawnCells: Readonly<Record<CellName, DrawnCell>> = {
  OutcomeCell: lazy(async () => ({
    default: (await import('../screens/appointment/outcome-cell')).OutcomeCell,
  })),
  DeadlineCell: lazy(async () => ({
    default: (await import('../screens/divestment/deadline')).DeadlineCell,
  })),
}
