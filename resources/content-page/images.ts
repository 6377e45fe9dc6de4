/** The images that a page may show: files of ours (portal/public), by their address, with the room each takes. */
const images: Readonly<Record<string, { width: number; height: number }>> = {
  '/images/aide/ajouter-un-agent.webp': { width: 780, height: 620 },
  '/images/aide/annuler.webp': { width: 1000, height: 440 },
  '/images/aide/archiver.webp': { width: 1000, height: 250 },
  '/images/aide/convocation-enregistree.webp': { width: 1000, height: 360 },
  '/images/aide/convoquer.webp': { width: 1000, height: 640 },
  '/images/aide/creneaux.webp': { width: 1000, height: 560 },
  '/images/aide/creneaux-recurrents.webp': { width: 780, height: 820 },
  '/images/aide/dessaisissement.webp': { width: 1000, height: 500 },
  '/images/aide/doublon.webp': { width: 564, height: 460 },
  '/images/aide/enregistrer.webp': { width: 564, height: 296 },
  '/images/aide/est-elle-venue.webp': { width: 950, height: 300 },
  '/images/aide/fermer-une-periode.webp': { width: 1000, height: 640 },
  '/images/aide/feuille-du-jour.webp': { width: 1000, height: 520 },
  '/images/aide/ouvrir-des-creneaux.webp': { width: 900, height: 660 },
  '/images/aide/que-faire-maintenant.webp': { width: 1000, height: 540 },
  '/images/aide/replanifier.webp': { width: 1000, height: 560 },
  '/images/aide/sms-a-verifier.webp': { width: 1000, height: 400 },
  '/images/aide/sortie-d-audience.webp': { width: 1000, height: 520 },
  '/images/aide/statistiques.webp': { width: 1000, height: 680 },
}

/** The room an image takes, in pixels; null where no image of ours is. */
export const imageAt = (address: string): { width: number; height: number } | null =>
  (Object.hasOwn(images, address) ? images[address] : undefined) ?? null
