/** Every run makes the same configurations, unless `BAD_INPUT_SEED` says otherwise; `BAD_INPUT_SCALE` makes more of them. */
export const SEED = Number(process.env.BAD_INPUT_SEED ?? 20260101);
export const SCALE = Number(process.env.BAD_INPUT_SCALE ?? 1);
