"""A wrapper's tests in another language: codex is on PATH, and behaves as it did when it was recorded."""

import json
import subprocess
import unittest


def run_codex(*words):
    """Runs codex and gives its events and its exit code."""
    done = subprocess.run(["codex", *words], capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


class Server:
    """A conversation with codex app-server, one JSON message per line."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["codex", "app-server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def send(self, **message):
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def read(self):
        return json.loads(self.process.stdout.readline())

    def until(self, wanted):
        """Reads until a message fits."""
        message = self.read()
        while not wanted(message):
            message = self.read()
        return message

    def close(self):
        self.process.stdin.close()
        self.process.stdout.read()
        self.process.stdout.close()
        return self.process.wait()


class RecordedStreams(unittest.TestCase):
    """The stand-in plays thread_basic, thread_mcp, error_429 and app_approval_decline, in the order of these tests' names."""

    def test_1_thread_basic(self):
        events, code = run_codex("exec", "--json", "Say hello.")
        self.assertEqual(code, 0)
        self.assertEqual([event["type"] for event in events][0], "thread.started")
        self.assertEqual(events[2]["item"], {"id": "item_0", "type": "agent_message", "text": "Hello!"})
        self.assertEqual(events[-1]["usage"]["input_tokens"], 11)

    def test_2_thread_mcp(self):
        events, code = run_codex("exec", "--json", "Echo through the tool.")
        self.assertEqual(code, 0)
        calls = [event["item"] for event in events if event.get("item", {}).get("type") == "mcp_tool_call"]
        self.assertEqual([call["status"] for call in calls], ["in_progress", "completed"])
        self.assertEqual(calls[1]["result"]["structured_content"], {"echoed": "hi"})

    def test_3_error_429(self):
        events, code = run_codex("exec", "--json", "Say hello.")
        self.assertEqual(code, 1)
        self.assertEqual(events[-1]["type"], "turn.failed")
        self.assertIn("429", events[-1]["error"]["message"])

    def test_4_app_approval_decline(self):
        server = Server()
        server.send(id="a", method="initialize", params={})
        self.assertIn("userAgent", server.until(lambda message: message.get("id") == "a")["result"])
        server.send(method="initialized")
        server.send(id="b", method="thread/start", params={})
        thread = server.until(lambda message: message.get("id") == "b")["result"]["thread"]["id"]
        server.until(lambda message: message.get("method") == "thread/started")
        server.send(id="c", method="turn/start", params={"threadId": thread})
        request = server.until(lambda message: "requestApproval" in message.get("method", ""))
        server.send(id=request["id"], result={"decision": "decline"})
        item = server.until(
            lambda message: message.get("method") == "item/completed"
            and message["params"]["item"]["type"] == "commandExecution"
        )
        self.assertEqual(item["params"]["item"]["status"], "declined")
        server.until(lambda message: message.get("method") == "turn/completed")
        self.assertEqual(server.close(), 0)

    def test_5_one_call_too_many(self):
        self.assertEqual(run_codex("exec"), ([], 70))


if __name__ == "__main__":
    unittest.main()
