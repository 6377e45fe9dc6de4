import type { Language } from '../../shared/language'
import { arabic } from './ar'
import { english } from './en'
import { french } from './fr'
import type { ServiceWords } from './words'

export const serviceWords: Record<Language, ServiceWords> = { fr: french, en: english, ar: arabic }
