/** A quantity of a training's state by the name that a trace has for it. */
export type TrainingQuantity = "f" | "accuracy" | "lambda" | "cgIters";

/** What a picture of a training shows of each state, in its order. */
export const trainingQuantities: readonly { readonly key: TrainingQuantity; readonly title: string }[] = [
  { key: "f", title: "f(θ)" },
  { key: "accuracy", title: "accuracy" },
  { key: "lambda", title: "λ" },
  { key: "cgIters", title: "CG steps" },
];
