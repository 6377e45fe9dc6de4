/** The images that a page may show: files of ours (portal/public), by their address, with the room each takes. */
const images: Readonly<Record<string, { width: number; height: number }>> = {
  '/images/aide/ajouter-un-agent.avif': { width: 780, height: 620 },
  '/images/aide/annuler.avif': { width: 1000, height: 440 },
  '/images/aide/archiver.avif': { width: 1000, height: 250 },
  '/images/aide/convocation-enregistree.avif': { width: 1000, height: 360 },
  '/images/aide/convoquer.avif': { width: 1000, height: 640 },
  '/images/aide/creneaux.avif': { width: 1000, height: 560 },
  '/images/aide/creneaux-recurrents.avif': { width: 780, height: 820 },
  '/images/aide/dessaisissement.avif': { width: 1000, height: 500 },
  '/images/aide/doublon.avif': { width: 564, height: 460 },
  '/images/aide/enregistrer.avif': { width: 564, height: 296 },
  '/images/aide/est-elle-venue.avif': { width: 950, height: 300 },
  '/images/aide/fermer-une-periode.avif': { width: 1000, height: 640 },
  '/images/aide/feuille-du-jour.avif': { width: 1000, height: 520 },
  '/images/aide/ouvrir-des-creneaux.avif': { width: 900, height: 660 },
  '/images/aide/que-faire-maintenant.avif': { width: 1000, height: 540 },
  '/images/aide/replanifier.avif': { width: 1000, height: 560 },
  '/images/aide/sms-a-verifier.avif': { width: 1000, height: 400 },
  '/images/aide/sortie-d-audience.avif': { width: 1000, height: 520 },
  '/images/aide/statistiques.avif': { width: 1000, height: 680 },
}

/** The room an image takes, in pixels; null where no image of ours is. */
export const imageAt = (address: string): { width: number; height: number } | null =>
  (Object.hasOwn(images, address) ? images[address] : undefined) ?? null
