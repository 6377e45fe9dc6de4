import { addDays, type CivilDate } from './civil-time'

/** Days off by law, those of a territory included: a function of the year, without a last line. */
export interface Holiday {
  date: CivilDate
  /** French, as it is said in a sentence or a calendar. */
  name: string
}

export type Territory =
  | 'metropole'
  | 'alsace_moselle'
  | 'guadeloupe'
  | 'martinique'
  | 'guyane'
  | 'reunion'
  | 'saint_pierre_et_miquelon'
  | 'mayotte'
  | 'saint_barthelemy'
  | 'saint_martin'
  | 'wallis_et_futuna'
  | 'polynesie'
  | 'nouvelle_caledonie'

const territories: Readonly<Record<string, Territory>> = {
  '57': 'alsace_moselle',
  '67': 'alsace_moselle',
  '68': 'alsace_moselle',
  '971': 'guadeloupe',
  '972': 'martinique',
  '973': 'guyane',
  '974': 'reunion',
  '975': 'saint_pierre_et_miquelon',
  '976': 'mayotte',
  '977': 'saint_barthelemy',
  '978': 'saint_martin',
  '986': 'wallis_et_futuna',
  '987': 'polynesie',
  '988': 'nouvelle_caledonie',
}

/** The territory whose days off a département keeps. */
export function territoryOf(departmentCode: string): Territory {
  return territories[departmentCode] ?? 'metropole'
}

/** A day of the year, 'MM-DD', or a number of days after Easter Sunday. */
type Rule = readonly [string | number, string]

/** Code du travail, L3133-1. */
const national: readonly Rule[] = [
  ['01-01', 'Jour de l’an'],
  [1, 'Lundi de Pâques'],
  ['05-01', 'Fête du travail'],
  ['05-08', 'Victoire de 1945'],
  [39, 'Ascension'],
  [50, 'Lundi de Pentecôte'],
  ['07-14', 'Fête nationale'],
  ['08-15', 'Assomption'],
  ['11-01', 'Toussaint'],
  ['11-11', 'Armistice de 1918'],
  ['12-25', 'Noël'],
]

// Alsace and Moselle: Code du travail, L3134-13. Polynesia: its own labour code. A custom in Guadeloupe and
// Martinique, where no text makes it a day off.
const goodFriday: Rule = [-2, 'Vendredi saint']
// Code du travail, L3422-2; loi 83-550, décret 83-1003.
const abolition = (day: string): Rule => [day, 'Abolition de l’esclavage']

const local: Readonly<Partial<Record<Territory, readonly Rule[]>>> = {
  alsace_moselle: [goodFriday, ['12-26', 'Saint-Étienne']],
  mayotte: [abolition('04-27')],
  martinique: [abolition('05-22')],
  guadeloupe: [abolition('05-27')],
  // The code and the decree say 27 May with Guadeloupe; since the circular of 4 May 2018 the services close
  // on the 28th. Nobody is convoked on either.
  saint_martin: [abolition('05-27'), abolition('05-28')],
  guyane: [abolition('06-10')],
  saint_barthelemy: [abolition('10-09')],
  reunion: [abolition('12-20')],
  nouvelle_caledonie: [['09-24', 'Fête de la citoyenneté']],
  // Matari’i took the place of the Autonomy day, 29 June, in 2025.
  polynesie: [['03-05', 'Arrivée de l’Évangile'], goodFriday, ['11-20', 'Matari’i']],
  wallis_et_futuna: [
    ['04-28', 'Saint-Pierre-Chanel'],
    ['06-29', 'Saints Pierre et Paul'],
    ['07-29', 'Fête du territoire'],
  ],
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
function easterOf(year: number): CivilDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  const twoDigits = (n: number) => String(n).padStart(2, '0')
  return `${year}-${twoDigits(Math.floor(f / 31))}-${twoDigits((f % 31) + 1)}`
}

/** The days off of a year in a département, in order. */
export function holidaysOf(departmentCode: string, year: number): Holiday[] {
  const easter = easterOf(year)
  return [...national, ...(local[territoryOf(departmentCode)] ?? [])]
    .map(([when, name]) => ({
      date: typeof when === 'number' ? addDays(easter, when) : `${year}-${when}`,
      name,
    }))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** The name of the day off that falls on this date in this département; null on other days. */
export function holidayOn(departmentCode: string, date: CivilDate): string | null {
  const year = Number(date.slice(0, 4))
  return holidaysOf(departmentCode, year).find((holiday) => holiday.date === date)?.name ?? null
}
