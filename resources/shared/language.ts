/** The languages of the site: French prevails, the others help. */
export const languages = ['fr', 'en', 'ar'] as const
export type Language = (typeof languages)[number]

/** What each is called by those who read it, and which way it is read. */
export const languageWords: Record<Language, { name: string; direction: 'ltr' | 'rtl' }> = {
  fr: { name: 'Français', direction: 'ltr' },
  en: { name: 'English', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
}

/** The language that the address of a page says: French says nothing. */
export function languageOf(path: string): Language {
  const [, first] = path.split('/')
  return languages.find((language) => language === first && language !== 'fr') ?? 'fr'
}

/** The address of the French page, of a page in any language. */
export const frenchPath = (path: string): string => {
  const language = languageOf(path)
  return language === 'fr' ? path : path.slice(language.length + 1) || '/'
}

/** The address of the same page in another language, its French address being given. */
export const pathIn = (language: Language, path: string): string =>
  language === 'fr' ? path : `/${language}${path}`
