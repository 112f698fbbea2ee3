-- Attachments: files in a private bucket. Everybody has a folder named by her own id, every organisation one named by its
-- own; the first part of an object's name is that folder. `owner_id` of an object says who uploaded it, and is text, as
-- Clerk's ids are.

insert into storage.buckets (id, name, public, file_size_limit)
values ('attachments', 'attachments', false, 50 * 1024 * 1024)
on conflict (id) do nothing;

create policy "people keep attachments in their own folder" on storage.objects
  for all to authenticated
  using (bucket_id = 'attachments' and (storage.foldername(name))[1] = (select public.requesting_user_id()))
  with check (bucket_id = 'attachments' and (storage.foldername(name))[1] = (select public.requesting_user_id()));

create policy "members share their organisation's folder" on storage.objects
  for all to authenticated
  using (bucket_id = 'attachments' and (storage.foldername(name))[1] = (select public.requesting_organization_id()))
  with check (bucket_id = 'attachments' and (storage.foldername(name))[1] = (select public.requesting_organization_id()));
