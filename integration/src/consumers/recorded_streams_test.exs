# A wrapper's tests in another language: codex is on PATH, and behaves as it did when it was recorded.
ExUnit.start(seed: 0)

defmodule RecordedStreamsTest do
  use ExUnit.Case

  defp run_codex(words) do
    {out, code} = System.cmd("codex", words)
    {String.split(out, "\n", trim: true), code}
  end

  test "thread_basic, thread_mcp and error_429 in the order they are scripted" do
    {basic, 0} = run_codex(["exec", "--json", "Say hello."])
    assert length(basic) == 4
    assert Enum.at(basic, 2) =~ ~s("text":"Hello!")

    {mcp, 0} = run_codex(["exec", "--json", "Echo through the tool."])
    assert Enum.any?(mcp, &(&1 =~ ~s("structured_content":{"echoed":"hi"})))

    {failed, 1} = run_codex(["exec", "--json", "Say hello."])
    assert List.last(failed) =~ "turn.failed"
  end
end
