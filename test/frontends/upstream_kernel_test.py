"""Jupyter's own test suite for kernels, with samples in TypeScript.

Run by upstream.test.ts; prints one JSON object per test: its name, its outcome, and why.
"""

import json
import sys
import unittest

import jupyter_kernel_test


class PhilabTests(jupyter_kernel_test.KernelTests):
    kernel_name = "philab"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("to stderr")'
    code_generate_error = 'throw new RangeError("wanted")'
    code_clear_output = "clearOutput()"
    code_inspect_sample = "console.log"

    completion_samples = [
        {"text": "parseFl", "matches": {"parseFloat"}},
        {"text": "Math.hyp", "matches": {"hypot"}},
        {"text": '"text".toUpp', "matches": {"toUpperCase"}},
    ]
    complete_code_samples = [
        "1 + 1",
        "let total: number = 0",
        "for (const i of [1, 2]) { console.log(i) }",
        "await Promise.resolve(1)",
        "`${1}`",
    ]
    incomplete_code_samples = ["function half(x: number) {", "[1, 2", "`open", "if (true) {\n  1"]
    invalid_code_samples = ["let 1 = 2", ")", "const = 3"]

    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "[1, 2].map((x) => x * x)", "result": "[ 1, 4 ]"},
        {"code": '"abc".length', "result": "3"},
        {"code": "null", "result": "null"},
    ]
    code_display_data = [
        {"code": 'display({ "text/plain": "p", "text/html": "<b>p</b>" }, { raw: true })', "mime": "text/html"},
        {"code": 'display({ "image/svg+xml": "<svg/>" }, { raw: true })', "mime": "image/svg+xml"},
    ]

    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "1 + 2*"


class Lines(unittest.TestResult):
    """Prints what came of each test; a test of several samples names each that failed."""

    def __init__(self):
        super().__init__()
        self.problems = []
        self.has_skipped = False

    def startTest(self, test):
        super().startTest(test)
        self.problems = []
        self.has_skipped = False

    def stopTest(self, test):
        outcome = "failed" if self.problems else "skipped" if self.has_skipped else "passed"
        self.say(test.id().split(".")[-1], outcome)
        super().stopTest(test)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.problems.append(f"{subtest}: {err[1]!r}")

    def addFailure(self, test, err):
        self.problems.append(repr(err[1]))

    def addError(self, test, err):
        self.problems.append(repr(err[1]))
        if not isinstance(test, unittest.TestCase):  # setUpClass: the kernel did not start
            self.say(str(test), "failed")

    def addSkip(self, test, reason):
        self.has_skipped = True

    def say(self, name, outcome):
        print(json.dumps({"test": name, "outcome": outcome, "why": "; ".join(self.problems)}), flush=True)


if __name__ == "__main__":
    print(f"jupyter_kernel_test {jupyter_kernel_test.__version__}", file=sys.stderr)
    unittest.defaultTestLoader.loadTestsFromTestCase(PhilabTests).run(Lines())
