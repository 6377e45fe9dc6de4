/**
 * Every component AdminJS may be told to draw, by name: ours instead of its own (Application,
 * NoticeBox, ActionHeader), and those that pages, lists and actions name. Add a screen here, then
 * name it in admin/pages.ts or in its subject's admin.ts.
 */
import { Application } from './application'
import { AgentRecord } from '../screens/agent/record'
import { AppointmentRecord } from '../screens/appointment/record'
import { Book } from '../screens/book'
import { EditProbationer } from '../screens/probationer/edit'
import { InviteAgent } from '../screens/agent/invite'
import { ProbationerRecord } from '../screens/probationer/record'
import { Summons } from '../screens/summons'
import { Nothing, NoticeBox } from './notices'
import { RecordList } from '../screens/list'
import { RecordShow } from '../screens/show'

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
