/**
 * Every screen that a page or an action names. Each is its own file in the browser, read when it is first
 * drawn: a page pays for what it shows. Add a screen here, then name it where it is declared.
 */
import { lazy, type ComponentType } from 'react'

/** A screen, given what its route read. */
type Screen = ComponentType<Record<string, unknown>>

const screen = <Name extends string>(load: () => Promise<Record<Name, unknown>>, name: Name) =>
  lazy(async () => ({ default: (await load())[name] as Screen }))

export const components = {
  Home: screen(() => import('../home'), 'Home'),
  Book: screen(() => import('../screens/book'), 'Book'),
  ProbationerRecord: screen(() => import('../screens/probationer/record'), 'ProbationerRecord'),
  EditProbationer: screen(() => import('../screens/probationer/edit'), 'EditProbationer'),
  AppointmentRecord: screen(() => import('../screens/appointment/record'), 'AppointmentRecord'),
  Summons: screen(() => import('../screens/summons'), 'Summons'),
  AgentRecord: screen(() => import('../screens/agent/record'), 'AgentRecord'),
  InviteAgent: screen(() => import('../screens/agent/invite'), 'InviteAgent'),
  RecordList: screen(() => import('../screens/list'), 'RecordList'),
  RecordShow: screen(() => import('../screens/show'), 'RecordShow'),
}

export type ComponentName = keyof typeof components
