import { addDays, isWeekend, type CivilDate } from './civil-time'
import { holidayOn } from './holidays'

/** Neither Saturday, Sunday nor a day off of the département. */
export function isWorkingDay(date: CivilDate, departmentCode: string): boolean {
  return !isWeekend(date) && holidayOn(departmentCode, date) === null
}

/** The day itself when it is worked, otherwise the next one that is. */
export function workingDayFrom(date: CivilDate, departmentCode: string): CivilDate {
  let day = date
  while (!isWorkingDay(day, departmentCode)) day = addDays(day, 1)
  return day
}

/** The working day after this one. */
export function nextWorkingDay(date: CivilDate, departmentCode: string): CivilDate {
  return workingDayFrom(addDays(date, 1), departmentCode)
}

/** The first n working days, from this one on. */
export function workingDaysFrom(date: CivilDate, n: number, departmentCode: string): CivilDate[] {
  const days: CivilDate[] = []
  for (let day = date; days.length < n; day = addDays(day, 1)) {
    if (isWorkingDay(day, departmentCode)) days.push(day)
  }
  return days
}

/** The nth working day before this one, no earlier than `notBefore`. */
export function workingDayBefore(
  date: CivilDate,
  n: number,
  departmentCode: string,
  notBefore: CivilDate,
): CivilDate {
  let day = date
  for (let days = 0; days < n && day > notBefore;) {
    day = addDays(day, -1)
    if (isWorkingDay(day, departmentCode)) days += 1
  }
  return day
}
