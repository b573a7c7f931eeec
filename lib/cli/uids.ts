// cli: objects that came without uid -> the uid that they read as, as everywhere.

export type { Reservation } from "../controllers/defaults/identity.js";
export { defaultUid, reservationOf, reservedUids } from "../controllers/defaults/identity.js";
