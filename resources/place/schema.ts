import * as z from 'zod'
import {
  choice,
  drawn,
  id,
  optionalChoiceOfRow,
  optionalEmail,
  optionalReference,
  optionalText,
  requiredLine,
  typedPhone,
} from '../shared/fields'

/** Every SMS of the place carries the short address, and the e-mail where it is the contact. */
const shortAddressLength = 40
const emailLength = 40

/** What a place is called, where it is, and how its SMS say to reach it. */
export const placeContact = {
  name: requiredLine(100, 'Indiquez le nom du lieu.'),
  address: requiredLine(200, 'Indiquez l’adresse.'),
  /** Derived from the address when left blank. */
  shortAddress: optionalText(shortAddressLength),
  phone: typedPhone,
  email: optionalEmail(emailLength, `${emailLength} caractères au plus\u00a0: les SMS la donnent.`),
  mainContactMethod: choice(['phone', 'email'], 'Choisissez le contact donné dans les SMS.'),
}

const details = {
  ...placeContact,
  typeCodes: z
    .array(z.string().max(60), 'Choisissez au moins un type de convocation.')
    .min(1, 'Choisissez au moins un type de convocation.')
    .max(50)
    .transform((codes) => [...new Set(codes)])
    .register(drawn, { kind: 'several' }),
  publicPageId: optionalChoiceOfRow,
  /** One's own service, unless a central admin says another. */
  organizationId: optionalReference('organizations'),
}

export const createPlaceInput = z.object(details)
/** `version`: the instant of the last change the form was drawn from. */
export const updatePlaceInput = z.object({ placeId: id, version: z.iso.datetime(), ...details })
export const placeIdInput = z.object({ placeId: id })
export type PlaceContact = Pick<z.output<typeof createPlaceInput>, keyof typeof placeContact>
