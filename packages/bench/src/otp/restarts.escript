#!/usr/bin/env escript
%% Restarts per second of one OTP supervisor whose only child ends itself as soon as it runs, while the
%% supervisor counts. A supervisor is stopped by its intensity after `Fill` restarts; then the next is made.
%% Arguments: restarts in all, restarts that each supervisor allows. Nothing is logged.
-mode(compile).
-behaviour(supervisor).
-export([init/1, start_child/0]).

main([Total, Fill]) ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    Allowed = list_to_integer(Fill),
    Rounds = max(1, list_to_integer(Total) div Allowed),
    many(max(1, Rounds div 4), Allowed),
    From = erlang:monotonic_time(microsecond),
    many(Rounds, Allowed),
    Micros = erlang:monotonic_time(microsecond) - From,
    io:format("~b~n", [round(Rounds * Allowed * 1000000 / Micros)]).

many(0, _) -> ok;
many(Rounds, Allowed) ->
    {ok, Pid} = supervisor:start_link(?MODULE, Allowed),
    receive {'EXIT', Pid, shutdown} -> ok end,
    many(Rounds - 1, Allowed).

init(Allowed) ->
    {ok, {#{strategy => one_for_one, intensity => Allowed, period => 3600},
          [#{id => child, start => {?MODULE, start_child, []}, restart => permanent}]}}.

start_child() -> {ok, spawn_link(fun() -> exit(boom) end)}.
