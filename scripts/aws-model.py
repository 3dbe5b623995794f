"""Writes test/support/aws-model.json: what commands of the AWS CLI and operations of AWS APIs take and answer.

    pip install awscli
    python3 scripts/aws-model.py 'rds failover-global-cluster' 'efs DescribeFileSystems'

Adds what is named to what the file has, and reads all of it anew. Tests read the file, and need no Python.
"""

import json
import pathlib
import sys

import awscli
import botocore.session
from awscli.clidriver import create_clidriver
from botocore import __version__ as botocore_version
from botocore.exceptions import UnknownServiceError

FILE = pathlib.Path(__file__).parent.parent / "test" / "support" / "aws-model.json"
DRIVER = create_clidriver()
SESSION = botocore.session.get_session()


def table(command, of):
    """Commands below a command, by any of the names that versions of the AWS CLI have for the same."""
    for name in ("subcommand_table", of):
        found = getattr(command, name, None)
        if found:
            return found() if callable(found) else found
    return {}


def shape(of, inside=()):
    """A shape of the service model, as short as a test needs it."""
    kind = of.type_name
    if kind == "structure":
        if of.name in inside:
            return {}
        members = {name: shape(member, (*inside, of.name)) for name, member in of.members.items()}
        required = {"required": of.required_members} if of.required_members else {}
        return {"members": members, **required}
    if kind == "list":
        return {"list": shape(of.member, inside)}
    if kind == "map":
        return {"map": shape(of.value, inside)}
    if kind == "string" and of.enum:
        return {"enum": of.enum}
    return kind


def described(model):
    answer = shape(model.output_shape) if model.output_shape else {"members": {}}
    return {"input": shape(model.input_shape) if model.input_shape else {"members": {}}, "answer": answer}


def operation(name):
    """`rds FailoverGlobalCluster`"""
    service, api = name.split(" ")
    return described(SESSION.get_service_model(service).operation_model(api))


def arguments(command):
    """Each argument by its name; the member of the input that it fills, where it fills one as a whole."""
    found = {}
    for name, argument in command.arg_table.items():
        if name in ("cli-input-json", "generate-cli-skeleton"):
            continue
        member = getattr(argument, "_serialized_name", None)
        filled = member if type(argument).__module__ == "awscli.arguments" else None
        found[name] = {
            "type": argument.cli_type_name,
            **({"member": filled} if filled else {}),
            **({"required": True} if argument.required else {}),
            **({"positional": True} if argument.positional_arg else {}),
        }
    return found


def command(name):
    """`rds failover-global-cluster`, or `rds wait db-instance-available`."""
    at = DRIVER  # each word is a command below the one before
    for word in name.split(" "):
        try:
            at = table(at, "_get_command_table").get(word)
        except UnknownServiceError:
            at = None
        if at is None:
            return None
    model = getattr(at, "_operation_model", None)
    api = f"{model.service_model.service_name} {model.name}" if model else None
    return {"arguments": arguments(at), **({"operation": api} if api else {})}


def main():
    before = json.loads(FILE.read_text()) if FILE.exists() else {"commands": {}, "operations": {}}
    named = set(sys.argv[1:])
    apis = {name for name in named if name.split(" ")[1][0].isupper()}
    commands = {name: command(name) for name in sorted(set(before["commands"]) | (named - apis))}
    unknown = [name for name, found in commands.items() if found is None]
    if unknown:
        sys.exit(f"the AWS CLI knows no {', '.join(unknown)}")
    behind = {found["operation"] for found in commands.values() if "operation" in found}
    operations = {name: operation(name) for name in sorted(behind | set(before["operations"]) | apis)}
    lines = lambda entries: ",\n".join(f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in entries.items())
    source = f"AWS CLI {awscli.__version__}, botocore {botocore_version}"
    FILE.write_text(
        f'{{"source":{json.dumps(source)},\n"commands":{{\n{lines(commands)}\n}},\n"operations":{{\n{lines(operations)}\n}}}}\n'
    )


main()
