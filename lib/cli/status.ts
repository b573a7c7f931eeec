// cli: the exit statuses.

export const FITS = 0;
export const FITS_NOWHERE = 1;
/** Some finding is an error. */
export const FAULTY = 1;
export const WRONG_INPUT = 2;
