/**
 * Python, POSIX: answers JSON lines on stdin by JSON lines on stdout. Each request is built in a fork of this process, which
 * has imported the backend already, in a process group with a time limit; output is kept in part. An answer is
 * `{"id", "end": "exited"|"signalled"|"timed-out", "code", "log"}`. End of stdin kills all builds.
 */
export const FORK_SCRIPT: string = String.raw`
import selectors, time

KEPT = 256 * 1024

class Output:
    def __init__(self, descriptor):
        self.descriptor, self.head, self.tail, self.dropped = descriptor, b"", b"", 0
    def add(self, data):
        room = KEPT - len(self.head)
        if room > 0:
            self.head, data = self.head + data[:room], data[room:]
        self.tail += data
        if len(self.tail) > 2 * KEPT:
            self.dropped += len(self.tail) - KEPT
            self.tail = self.tail[-KEPT:]
    def text(self):
        gap = b"\n[%d bytes left out]\n" % self.dropped if self.dropped else b""
        return (self.head + gap + self.tail).decode("utf-8", "replace")

class Server:
    def __init__(self):
        self.channel = os.dup(1)
        os.dup2(2, 1)
        self.selector = selectors.DefaultSelector()
        self.builds, self.pending, self.open = {}, b"", True
        wake = os.pipe()
        for descriptor in wake:
            os.set_blocking(descriptor, False)
        self.awake = wake[0]
        signal.set_wakeup_fd(wake[1], warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(0, selectors.EVENT_READ)
        self.selector.register(self.awake, selectors.EVENT_READ)

    def answer(self, message):
        data = (json.dumps(message) + "\n").encode()
        while data:
            data = data[os.write(self.channel, data):]

    def requests(self):
        data = os.read(0, 65536)
        if not data:
            self.open = False
        *lines, self.pending = (self.pending + data).split(b"\n")
        for line in lines:
            self.start(json.loads(line))

    def start(self, request):
        module = request["backend"].partition(":")[0]
        if not request["backendPath"] and module not in sys.modules:
            self.warm([module])
            rehearse(module)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            self.become_build(request, writer)
        os.close(writer)
        try:
            os.setpgid(child, child)
        except OSError:
            pass
        os.set_blocking(reader, False)
        output = Output(reader)
        self.selector.register(reader, selectors.EVENT_READ, output)
        self.builds[child] = [request, output, time.monotonic() + request["seconds"], False]

    def become_build(self, request, writer):
        code = 1
        try:
            os.setpgid(0, 0)
            die_with_parent()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            nothing = os.open(os.devnull, os.O_RDONLY)
            os.dup2(nothing, 0)
            os.dup2(writer, 1)
            os.dup2(writer, 2)
            os.closerange(3, 4096)
            os.environ.clear()
            os.environ.update(request["env"])
            build(request)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def warm(self, modules):
        for module in modules:
            if module not in sys.modules:
                try:
                    importlib.import_module(module)
                except BaseException:
                    pass

    def warm_more(self, request):
        try:
            with open(request["result"], encoding="utf-8") as file:
                modules = json.load(file)["modules"]
        except Exception:
            return
        family = request["backend"].partition(":")[0].partition(".")[0]
        known = getattr(sys, "stdlib_module_names", frozenset()) | {family}
        if not request["backendPath"]:
            self.warm(module for module in modules if module.partition(".")[0] in known)

    def drain(self, output, limit):
        taken = 0
        while taken < limit:
            try:
                data = os.read(output.descriptor, 65536)
            except BlockingIOError:
                return
            if not data:
                self.selector.unregister(output.descriptor)
                os.close(output.descriptor)
                output.descriptor = None
                return
            taken += len(data)
            output.add(data)

    def reap(self):
        for child in list(self.builds):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended == 0:
                continue
            request, output, _, timed_out = self.builds.pop(child)
            self.kill(child)
            if output.descriptor is not None:
                self.drain(output, 1024 * 1024)
            if output.descriptor is not None:
                self.selector.unregister(output.descriptor)
                os.close(output.descriptor)
            signalled = os.WIFSIGNALED(status)
            code = os.WTERMSIG(status) if signalled else os.WEXITSTATUS(status)
            end = "timed-out" if timed_out else "signalled" if signalled else "exited"
            self.answer({"id": request["id"], "end": end, "code": code, "log": output.text()})
            self.warm_more(request)

    def kill(self, child):
        try:
            os.killpg(child, signal.SIGKILL)
        except OSError:
            pass

    def stop_late(self):
        now = time.monotonic()
        for child, state in self.builds.items():
            if now > state[2] and not state[3]:
                state[3] = True
                self.kill(child)

    def serve(self):
        try:
            while self.open:
                self.turn()
        finally:
            for child in self.builds:
                self.kill(child)

    def turn(self):
        deadlines = [state[2] for state in self.builds.values() if not state[3]]
        wait = max(0.0, min(deadlines) - time.monotonic()) + 0.01 if deadlines else None
        for key, _ in self.selector.select(wait):
            if key.fd == 0:
                self.requests()
            elif key.fd == self.awake:
                os.read(self.awake, 4096)
            elif key.data.descriptor is not None:
                self.drain(key.data, 1024 * 1024)
        self.stop_late()
        self.reap()
`;
