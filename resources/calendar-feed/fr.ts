export const calendarFeedRefusals = {
  'calendar_feed.made_already':
    'Une adresse existe déjà, créée dans un autre onglet peut-être. Renouvelez-la pour en avoir une nouvelle.',
  'calendar_feed.stopped_already': 'Il n’y a plus d’adresse\u00a0: l’abonnement est déjà arrêté.',
} satisfies Record<`calendar_feed.${string}`, string>
