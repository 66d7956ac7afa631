#!/usr/bin/env escript
%%! +sbwt none +sbwtdcpu none +sbwtdio none
%% Restarts per second of one OTP supervisor whose only child ends itself as soon as it runs, while the supervisor
%% counts. A supervisor is stopped by its intensity after `Fill` restarts; then the next is made. Arguments: restarts in
%% all, restarts that each supervisor allows, what the child is (`bare`, a process without a start-up of its own, or
%% `gen_server`), and whether OTP's reports are `silent`, or `written` to a file as it does by default. Schedulers do
%% not spin. Prints `figures`, restarts per second and per second of CPU, on a line of their own: what OTP writes at the
%% end may stand beside them.
-mode(compile).
-behaviour(supervisor).
-export([init/1, start_child/1, handle_info/2, handle_call/3, handle_cast/2]).

main([Total, Fill, Kind, Reports]) ->
    reports(Reports),
    process_flag(trap_exit, true),
    Allowed = list_to_integer(Fill),
    Rounds = max(1, list_to_integer(Total) div Allowed),
    Child = list_to_atom(Kind),
    many(max(1, Rounds div 4), Allowed, Child),
    {Cpu, _} = statistics(runtime),
    From = erlang:monotonic_time(microsecond),
    many(Rounds, Allowed, Child),
    Micros = erlang:monotonic_time(microsecond) - From,
    {CpuAfter, _} = statistics(runtime),
    Restarts = Rounds * Allowed,
    io:format("~nfigures ~b ~b~n", [round(Restarts * 1000000 / Micros),
                          round(Restarts * 1000 / max(1, CpuAfter - Cpu))]).

reports("silent") -> logger:set_primary_config(level, none);
reports("written") ->
    ok = logger:remove_handler(default),
    ok = logger:add_handler(default, logger_std_h, #{config => #{file => "/dev/null"}}).

many(0, _, _) -> ok;
many(Rounds, Allowed, Child) ->
    {ok, Pid} = supervisor:start_link(?MODULE, {Allowed, Child}),
    receive {'EXIT', Pid, shutdown} -> ok end,
    many(Rounds - 1, Allowed, Child).

init({Allowed, Child}) ->
    {ok, {#{strategy => one_for_one, intensity => Allowed, period => 3600},
          [#{id => child, start => {?MODULE, start_child, [Child]}, restart => permanent}]}};
init(child) -> {ok, child, 0}.

start_child(bare) -> {ok, spawn_link(fun() -> exit(boom) end)};
start_child(gen_server) -> gen_server:start_link(?MODULE, child, []).

handle_info(timeout, State) -> {stop, boom, State}.
handle_call(_, _, State) -> {reply, ok, State}.
handle_cast(_, State) -> {noreply, State}.
