import type { Locale } from 'adminjs'
import { actions, buttons } from './actions'
import { components, labels, properties } from './components'
import { messages } from './messages'

/** Everything AdminJS says by itself, in French. Names of columns are in the subjects' admin.ts. */
export const french: Locale = {
  language: 'fr',
  availableLanguages: ['fr'],
  translations: { fr: { actions, buttons, components, labels, properties, messages, resources: {} } },
}
