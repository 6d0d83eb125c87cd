/**
 * Python (3.8 or newer, no dependencies): runs the PEP 517 hooks of one build, each in a process of its own where the system
 * can fork, as frontends do, and on Linux none outlives its parent (prctl(2), PR_SET_PDEATHSIG). `build(request)` writes `request["result"]`, a JSON file:
 * `{"needs": [requirement]}`, `{"built": {kind: filename}}` or `{"failed": message}`, beside `"modules"`: what the hooks imported.
 */
export const HOOKS_SCRIPT: string = String.raw`
import importlib, json, os, signal, sys, traceback

try:
    import ctypes
    prctl = ctypes.CDLL(None).prctl
except Exception:
    prctl = None

def die_with_parent():
    if prctl is not None and sys.platform == "linux":
        prctl(1, signal.SIGKILL)

def load_backend(name, backend_path):
    if backend_path:
        sys.path[:0] = [os.path.abspath(folder) for folder in backend_path]
    module, _, attributes = name.partition(":")
    backend = importlib.import_module(module)
    for attribute in filter(None, attributes.split(".")):
        backend = getattr(backend, attribute)
    return backend

def call_hook(request, hook, arguments):
    backend = load_backend(request["backend"], request["backendPath"])
    if not hasattr(backend, hook):
        if hook.startswith("get_requires_for_"):
            return []
        raise RuntimeError("the build backend %s has no hook %s" % (request["backend"], hook))
    return getattr(backend, hook)(*arguments)

def answer_hook(request, hook, arguments):
    before = set(sys.modules)
    try:
        answer = {"value": call_hook(request, hook, arguments)}
    except BaseException as error:
        if not isinstance(error, SystemExit):
            traceback.print_exc()
        answer = {"failed": "%s: %s" % (type(error).__name__, error)}
    answer["modules"] = sorted(name for name in set(sys.modules) - before if isinstance(name, str))
    return answer

def run_hook(request, hook, *arguments):
    if not hasattr(os, "fork"):
        return answer_hook(request, hook, arguments)
    place = "%s.%s" % (request["result"], hook)
    child = os.fork()
    if child == 0:
        die_with_parent()
        me = os.getpid()
        answer = answer_hook(request, hook, arguments)
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        if os.getpid() == me:
            write_json(place, answer)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        os.kill(os.getpid(), os.WTERMSIG(status))
        os.kill(os.getpid(), signal.SIGKILL)
    if not os.path.exists(place):
        return {"failed": "the hook %s ended its process with exit code %d" % (hook, os.WEXITSTATUS(status)), "modules": []}
    with open(place, encoding="utf-8") as file:
        return json.load(file)

def write_json(place, value):
    with open(place + ".part", "w", encoding="utf-8") as file:
        json.dump(value, file)
    os.replace(place + ".part", place)

def build(request):
    os.chdir(request["project"])
    os.umask(0o022)
    modules = set()
    def finish(value):
        value["modules"] = sorted(modules)
        write_json(request["result"], value)
    if request["askRequires"]:
        needs = []
        for kind in request["kinds"]:
            answer = run_hook(request, "get_requires_for_build_" + kind)
            modules.update(answer["modules"])
            if "failed" in answer:
                return finish({"failed": answer["failed"]})
            needs.extend(str(need) for need in answer["value"] or [])
        if set(needs) - set(request["installed"]):
            return finish({"needs": needs})
    built = {}
    for kind in request["kinds"]:
        folder = os.path.join(request["out"], kind)
        os.makedirs(folder)
        answer = run_hook(request, "build_" + kind, folder)
        modules.update(answer["modules"])
        if "failed" in answer:
            return finish({"failed": answer["failed"]})
        built[kind] = answer["value"]
    finish({"built": built})
`;
