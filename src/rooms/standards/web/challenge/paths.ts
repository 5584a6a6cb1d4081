const root = '/standards/challenges';

/** The addresses of peer challenges: routes, links and tests take them from here. */
export const challengePaths = {
  list: () => root,
  setUp: () => `${root}/new`,
  challenge: (id: string) => `${root}/${id}`,
  section: (id: string, section: string) => `${root}/${id}/sections/${section}`,
  /** What a reviewer said elsewhere is written in here. */
  say: (id: string, section: string) => `${root}/${id}/sections/${section}/say`,
  change: (id: string) => `${root}/${id}/change`,
  withdraw: (id: string) => `${root}/${id}/withdraw`,
  guests: (id: string) => `${root}/${id}/guests`,
  withdrawGuest: (id: string) => `${root}/${id}/guests/withdraw`,
  /** The Word pack goes out, and comes back. */
  packs: (id: string) => `${root}/${id}/pack`,
  pack: (id: string) => `${root}/${id}/pack/export`,
  packBack: (id: string, back: string) => `${root}/${id}/pack/${back}`,
  leavePack: (id: string, back: string) => `${root}/${id}/pack/${back}/leave`,
  item: (id: string, item: string) => `${root}/${id}/said/${item}`,
  makeFinding: (id: string, item: string) => `${root}/${id}/said/${item}/finding`,
  takeBack: (id: string, item: string) => `${root}/${id}/said/${item}/take-back`,
};

/** The same as routes name them. */
export const challengeRoutes = {
  list: challengePaths.list(),
  setUp: challengePaths.setUp(),
  challenge: challengePaths.challenge(':challenge'),
  section: challengePaths.section(':challenge', ':part'),
  say: challengePaths.say(':challenge', ':part'),
  change: challengePaths.change(':challenge'),
  withdraw: challengePaths.withdraw(':challenge'),
  guests: challengePaths.guests(':challenge'),
  withdrawGuest: challengePaths.withdrawGuest(':challenge'),
  packs: challengePaths.packs(':challenge'),
  pack: challengePaths.pack(':challenge'),
  packBack: challengePaths.packBack(':challenge', ':back'),
  leavePack: challengePaths.leavePack(':challenge', ':back'),
  item: challengePaths.item(':challenge', ':said'),
  makeFinding: challengePaths.makeFinding(':challenge', ':said'),
  takeBack: challengePaths.takeBack(':challenge', ':said'),
};
