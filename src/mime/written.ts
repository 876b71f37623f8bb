/** Numbers as figures write them: true minus signs, powers of ten, the same digits behind the point in one figure. */

/** At most three digits that count: 0.123, −12.3, 1,234, 4.39×10⁶, 1.2×10⁻⁷. */
export function threeDigits(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "NaN" : x > 0 ? "∞" : "−∞";
  const size = Math.abs(x);
  if (Number.isInteger(x) && size < 1e5) return grouped(signed(x, String(size)));
  if (size >= 1e5 || size < 1e-3) return powerOfTen(x);
  return signed(x, String(Number(size.toPrecision(3))));
}

/** 4.39×10⁶; the digits are left out where they are 1 and alone. */
export function powerOfTen(x: number): string {
  if (x === 0) return "0";
  const [digits, exponent] = Math.abs(x).toExponential(2).split("e") as [string, string];
  const factor = String(Number(digits));
  const power = `10${superscript(Number(exponent))}`;
  return signed(x, factor === "1" ? power : `${factor}×${power}`);
}

/** Numbers of one figure, with as many digits behind the point as the largest needs for so many that count; 0 alone is 0. */
export function alignedNumbers(values: ArrayLike<number>, counting = 3): (x: number) => string {
  const list = Array.from(values).filter(Number.isFinite);
  if (list.every(Number.isInteger)) return (x) => threeDigits(x);
  const most = Math.max(...list.map(Math.abs));
  const digits = Math.min(6, Math.max(0, counting - 1 - Math.floor(Math.log10(most || 1))));
  return (x) =>
    Number.isFinite(x) && x !== 0
      ? signed(Number(x.toFixed(digits)), Math.abs(x).toFixed(digits))
      : threeDigits(x);
}

function signed(x: number, size: string): string {
  return x < 0 ? `−${size}` : size;
}

function grouped(text: string): string {
  return text.replace(/\d(?=(?:\d{3})+$)/g, "$&,");
}

function superscript(exponent: number): string {
  return String(exponent).replace(/./g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]);
}
