/** The languages of the site: French prevails, the others help. */
export const languages = ['fr', 'en', 'ar'] as const
export type Language = (typeof languages)[number]

interface LanguageWords {
  /** As those who read it call it. */
  name: string
  direction: 'ltr' | 'rtl'
  home: string
  youAreHere: string
  onThisPage: string
  /** Before what an alert or a block says. */
  good: string
  information: string
  keep: string
  success: string
  warning: string
  error: string
}

export const languageWords: Record<Language, LanguageWords> = {
  fr: {
    ...{ name: 'Français', direction: 'ltr', home: 'Accueil', youAreHere: 'vous êtes ici\u00a0:' },
    ...{ onThisPage: 'Sur cette page', good: 'Bonne pratique', information: 'Information' },
    ...{ keep: 'À retenir', success: 'Succès', warning: 'Attention', error: 'Erreur' },
  },
  en: {
    ...{ name: 'English', direction: 'ltr', home: 'Home', youAreHere: 'you are here:' },
    ...{ onThisPage: 'On this page', good: 'Good practice', information: 'Information' },
    ...{ keep: 'To remember', success: 'Success', warning: 'Warning', error: 'Error' },
  },
  ar: {
    ...{ name: 'العربية', direction: 'rtl', home: 'الصفحة الرئيسية', youAreHere: 'أنتم هنا:' },
    ...{ onThisPage: 'في هذه الصفحة', good: 'نصيحة', information: 'معلومة' },
    ...{ keep: 'للتذكر', success: 'تم', warning: 'تنبيه', error: 'خطأ' },
  },
}

/** Marks what is in French on a page that may be in another language. */
export const inFrench = (language: Language): { lang?: 'fr'; dir?: 'ltr' } =>
  language === 'fr' ? {} : { lang: 'fr', dir: 'ltr' }

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
