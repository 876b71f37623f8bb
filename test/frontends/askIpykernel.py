"""Prints the shapes of ipykernel's kernelspec and messages as JSON: python askIpykernel.py > ../fixtures/ipykernel.json"""

import json

import ipykernel
import jupyter_client
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.manager import start_new_kernel

PATIENCE = 60


def shape(value):
    """The value with texts, numbers and the like replaced by what they are; a list by the shape of its first entry."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in sorted(value.items())}
    if isinstance(value, list):
        return [shape(each) for each in value[:1]]
    return {bool: "boolean", int: "number", float: "number", type(None): "null"}.get(type(value), "string")


def asked(client, ask, *args, **options):
    """The shapes of a reply, and of what iopub says under it."""
    sent = ask(*args, **options)
    reply = next(m for m in iter(lambda: client.get_shell_msg(timeout=PATIENCE), None) if parent(m) == sent)
    said = {}
    state = ""
    while state != "idle":
        message = client.get_iopub_msg(timeout=PATIENCE)
        if parent(message) != sent:
            continue
        state = message["content"].get("execution_state", "")
        said.setdefault(message["msg_type"], message_shape(message))
    return {"reply": message_shape(reply), "iopub": said}


def parent(message):
    return message["parent_header"].get("msg_id")


def message_shape(message):
    return {part: shape(message[part]) for part in ("header", "parent_header", "metadata", "content")}


def main():
    manager, client = start_new_kernel(kernel_name="python3")
    replies = {
        "kernel_info": asked(client, client.kernel_info),
        "execute": asked(client, client.execute, "1", user_expressions={"x": "2"}),
        "failing execute": asked(client, client.execute, "1/0"),
        "printing execute": asked(client, client.execute, "print(1)"),
        "complete": asked(client, client.complete, "pri"),
        "inspect": asked(client, client.inspect, "print"),
        "is_complete": asked(client, client.is_complete, "for i in x:"),
        "history": asked(client, client.history, hist_access_type="tail", n=1),
        "comm_info": asked(client, client.comm_info),
    }
    client.stop_channels()
    manager.shutdown_kernel()
    versions = {"ipykernel": ipykernel.__version__, "jupyter_client": jupyter_client.__version__}
    spec = get_kernel_dict()
    kernelspec = {**shape(spec), "kernel_protocol_version": spec["kernel_protocol_version"]}
    print(json.dumps({"versions": versions, "kernelspec": kernelspec, "messages": replies}, indent=1, sort_keys=True))


main()
