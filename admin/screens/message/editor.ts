import type { OpenedData } from '../../client/action'

/** What the page of the texts was opened with. */
export type Editor = OpenedData<'MessageTemplate', 'texts'>
