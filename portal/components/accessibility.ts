/** Of the statement at /accessibilite: no audit has been made, so nothing else may be written. */
export const accessibilityState = 'non conforme'
