"""Jupyter's own suite for kernels (jupyter_kernel_test) on the kernelspec "philab" that JUPYTER_PATH holds."""
import inspect
import unittest

import jupyter_kernel_test

if hasattr(jupyter_kernel_test, "run_sync"):  # older suites wrap what a newer jupyter_client made synchronous
    wrap = jupyter_kernel_test.run_sync
    jupyter_kernel_test.run_sync = lambda call: wrap(call) if inspect.iscoroutinefunction(call) else call


class PhilabTests(jupyter_kernel_test.KernelTests):
    kernel_name = "philab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('test')"
    code_stdin = "await input('?')"
    completion_samples = [
        {"text": "Math.ma", "matches": {"max"}},
        {"text": "convSh", "matches": {"convShape"}},
    ]
    complete_code_samples = ["1 + 1", "const a = 1", "for (const x of []) {}"]
    incomplete_code_samples = ["function f() {", "[1,", "`a"]
    invalid_code_samples = ["let = ]"]
    code_generate_error = "throw new Error('wanted')"
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "6 * 7", "result": "42"},
    ]
    code_display_data = [{"code": "display({ 'text/html': '<b>x</b>' }, { raw: true })", "mime": "text/html"}]
    code_history_pattern = "1 ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"
    code_clear_output = "clearOutput()"


if __name__ == "__main__":
    unittest.main()
