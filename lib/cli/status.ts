// cli: the exit statuses.

export const FITS = 0;
export const FITS_NOWHERE = 1;
export const WRONG_INPUT = 2;
