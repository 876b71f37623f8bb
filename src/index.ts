/** The public names, grouped as the lecture is: those of philab/numbers too, but for the six that come first. */

// φ and σ, vec and mat: of typed arrays, and of mathjs matrices with exact entries.

export { mat, phi, relu, reluPrime, vec } from "./mathjs/eitherMatrix.js";

export * from "./names.js";

// f(θ) of a network, which can be held against what is derived for its layers.

export type { VerifiableProblem } from "./verify/objective.js";
export { objective } from "./verify/objective.js";
export type { Verification, VerifiedFormula } from "./verify/verification.js";

// Derivations: names declared, statements proved, formulas derived and run.

export type { JudgedLine } from "./lecture/exerciseKey.js";
export { judgedAlone, judgedByKey } from "./lecture/exerciseKey.js";
export type { Formula, Lecture, TaggedVerdict } from "./lecture/lecture.js";
export { lecture } from "./lecture/lecture.js";
export type { Refutation } from "./lecture/refutation.js";
export { HoldsError } from "./lecture/refutation.js";
export type { DisplayComparison } from "./lecture/shownDisplay.js";
export { compareDisplay } from "./lecture/shownDisplay.js";
export type { ShownStatement } from "./lecture/shownStatements.js";
export { shownStatements } from "./lecture/shownStatements.js";
export { verifyCertificate } from "./symbolic/check/certificate.js";
export type { Certificate } from "./symbolic/check/check.js";
export type { Verdict } from "./symbolic/check/verdict.js";
export { StepError } from "./symbolic/derive/derive.js";
export type { Exercise, ExerciseOptions } from "./symbolic/exercise/exercise.js";
export { ExerciseError } from "./symbolic/exercise/exercise.js";
export type { Answer, Hint } from "./symbolic/exercise/exerciseSheet.js";
export { ParseError } from "./symbolic/language/parse.js";
export { ShapeError } from "./symbolic/world/shapes.js";
export type { Values } from "./verify/sizes.js";

// mathjs, and the way there and back.

export { fromMath, toMath } from "./mathjs/convert.js";
export type { LectureMath } from "./mathjs/math.js";
export { math } from "./mathjs/math.js";
export { symbolImage } from "./mathjs/symbols.js";

// Pictures and text.

export type { ExploreOptions } from "./mime/explorePhi.js";
export { explorePhi } from "./mime/explorePhi.js";
export type { Figure } from "./mime/figure.js";
export { filterDesk } from "./mime/filterDesk.js";
export { gradientDesk } from "./mime/gradientDesk.js";
export type { WalkOptions } from "./mime/layerWalk.js";
export { layerWalk } from "./mime/layerWalk.js";
export { plot } from "./mime/plot.js";
export { md, tex } from "./mime/text.js";

// Files of other programs: matrices of NumPy, PyTorch and MATLAB, networks in ONNX.

export type { NpyOptions } from "./formats/npy.js";
export { npy, readNpy } from "./formats/npy.js";
export type { NpzOptions, ReadNpzOptions } from "./formats/npz.js";
export { npz, readNpz } from "./formats/npz.js";
export { onnx } from "./formats/onnx.js";
export { readMat } from "./formats/readMat.js";
export { readOnnx } from "./formats/readOnnx.js";
export { readSafetensors, safetensors } from "./formats/safetensors.js";

// Data.

export type { Digits, DigitsOptions } from "./data/digits.js";
export { digits } from "./data/digits.js";
export type { ImageFolder, ImageFolderOptions } from "./data/imageFolder.js";
export { imageFolder } from "./data/imageFolder.js";
export { centred, meanImage } from "./data/meanImage.js";
export { oneHot } from "./data/oneHot.js";
export { photograph } from "./data/photograph.js";
