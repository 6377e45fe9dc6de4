/**
 * Every component AdminJS may be told to draw, by name: ours instead of its own (Application,
 * NoticeBox, ActionHeader), and those that pages, lists and actions name. Add a screen here, then
 * name it in admin/pages.ts or in its subject's admin.ts.
 */
import { Application } from './application'
import { AgentRecord } from '../pages/agent'
import { AppointmentRecord } from '../pages/appointment'
import { Book } from '../pages/book'
import { EditProbationer } from '../pages/edit-probationer'
import { InviteAgent } from '../pages/invite-agent'
import { ProbationerRecord } from '../pages/probationer'
import { Summons } from '../pages/summons'
import { Nothing, NoticeBox } from './notices'
import { RecordList } from './record-list'
import { RecordShow } from './record-show'

export const components = {
  Application,
  NoticeBox,
  ActionHeader: Nothing,
  FilterDrawer: Nothing,
  Book,
  ProbationerRecord,
  EditProbationer,
  AppointmentRecord,
  Summons,
  AgentRecord,
  InviteAgent,
  RecordList,
  RecordShow,
}

export type ComponentName = keyof typeof components
