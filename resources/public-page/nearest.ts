/** In degrees. */
export interface Point {
  latitude: number
  longitude: number
}

/** Of the service itself, as its page says, or of the centre of its town, to the nearest kilometre; null when neither is known. */
export interface Located {
  point: (Point & { of: 'service' | 'town' }) | null
}

/** Mean radius of the Earth, in kilometres. */
const radius = 6371

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** As the crow flies, in kilometres (haversine formula). */
export function kilometresBetween(from: Point, to: Point): number {
  const rise = Math.sin(radians(to.latitude - from.latitude) / 2)
  const run = Math.sin(radians(to.longitude - from.longitude) / 2)
  const chord = rise ** 2 + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * run ** 2
  return 2 * radius * Math.asin(Math.sqrt(chord))
}

/** The `count` services nearest to `here`, nearest first; those without a point are left out. */
export function nearest<Service extends Located>(services: readonly Service[], here: Point, count: number) {
  return services
    .flatMap((service) => {
      const { point } = service
      return point ? [{ service, kilometres: kilometresBetween(here, point), of: point.of }] : []
    })
    .sort((one, other) => one.kilometres - other.kilometres)
    .slice(0, count)
}

/** "à moins de 1 km", "à 12 km"; "environ" where only the town is known. */
export function distanceWords(kilometres: number, of: 'service' | 'town'): string {
  const rounded = Math.max(1, Math.round(kilometres))
  if (of === 'service') return kilometres < 1 ? 'à moins de 1\u00a0km' : `à ${rounded}\u00a0km`
  return `à ${rounded}\u00a0km environ`
}
